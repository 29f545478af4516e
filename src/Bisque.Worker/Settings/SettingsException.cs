namespace Bisque.Worker.Settings;

/// <summary>The arguments are wrong; the message is the one line that the user reads.</summary>
internal sealed class SettingsException(string message) : Exception(message);
