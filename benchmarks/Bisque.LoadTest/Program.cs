using System.Globalization;
using Bisque.LoadTest;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return await new LoadTestCommand().Parse(args).InvokeAsync();
