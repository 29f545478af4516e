using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using Bisque.Model;

namespace Bisque.Channel.Tests.Messages;

/// <summary>Makes a record of any type of the model, and tells its whole content, so that no field can be forgotten in a test.</summary>
internal sealed class Sample(bool full)
{
    private int _next = 1;

    /// <summary>A record with every property set (full), or with as little as its type allows.</summary>
    public static object Create(Type type, bool full) => new Sample(full).Value(type, nullable: false)!;

    /// <summary>Every concrete event of the model, trace events with every kind of information that fits them.</summary>
    public static IEnumerable<WorkerEvent> Events(bool full)
    {
        foreach (var type in typeof(WorkerEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(WorkerEvent))).OrderBy(type => type.Name))
        {
            yield return (WorkerEvent)new Sample(full).Value(type, nullable: false)!;
        }

        foreach (var info in typeof(TraceInfo).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(TraceInfo))).OrderBy(type => type.Name))
        {
            var content = (TraceInfo)Create(info, full);
            if (content is BweTraceInfo)
            {
                yield return new TransportTraceEvent("t", TransportTraceEventType.Bwe, 5, TraceDirection.Out, content);
                continue;
            }

            yield return new ProducerTraceEvent("p", ProducerTraceEventType.Sr, 5, TraceDirection.Out, content);
            if (content is not SrTraceInfo)
            {
                yield return new ConsumerTraceEvent("c", ConsumerTraceEventType.Pli, 5, TraceDirection.In, content);
            }
        }
    }

    /// <summary>The content of a record as text: two records are equal when their texts are.</summary>
    public static string Describe(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        ReadOnlyMemory<byte> bytes => Convert.ToHexString(bytes.Span),
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Describe))}]",
        IFormattable scalar => scalar.ToString(null, CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        _ => DescribeRecord(value),
    };

    private static string DescribeRecord(object value)
    {
        var text = new StringBuilder(value.GetType().Name).Append('{');
        foreach (var property in value.GetType().GetProperties().Where(property => property.Name != "EqualityContract"))
        {
            text.Append(property.Name).Append('=').Append(Describe(property.GetValue(value))).Append(' ');
        }

        return text.Append('}').ToString();
    }

    private object? Value(Type type, bool nullable)
    {
        if (nullable && !full)
        {
            return null;
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return full ? Value(underlying, nullable: false) : null;
        }

        if (type.IsEnum)
        {
            var values = Enum.GetValues(type);
            return values.GetValue(full ? values.Length - 1 : 0);
        }

        return type switch
        {
            _ when type == typeof(string) => full ? $"text {_next++} é" : "",
            _ when type == typeof(bool) => full,
            _ when type == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>(full ? [1, 2, (byte)_next++] : []),
            _ when type.IsPrimitive => Convert.ChangeType(full ? _next++ % 100 : 0, type, CultureInfo.InvariantCulture),
            _ when type == typeof(TraceInfo) => null,
            _ when type == typeof(WebRtcTransportListen) => Value(full ? typeof(ListenIndividual) : typeof(ListenServer), nullable: false),
            _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => List(type.GetGenericArguments()[0]),
            _ => Record(type),
        };
    }

    private Array List(Type element)
    {
        object?[] items = element switch
        {
            _ when !full => [],
            _ when element == typeof(RtpStreamStats) =>
                [Value(typeof(RtpStreamRecvStats), nullable: false), Value(typeof(RtpStreamSendStats), nullable: false)],
            _ when element == typeof(CodecParameter) => [.. ParameterValues().Select(value => new CodecParameter { Name = "name", Value = value })],
            _ => [Value(element, nullable: false), Value(element, nullable: false)],
        };
        var array = Array.CreateInstance(element, items.Length);
        items.CopyTo(array, 0);
        return array;
    }

    private static IEnumerable<CodecParameterValue> ParameterValues() =>
    [
        new CodecParameterValue.Boolean(true),
        new CodecParameterValue.Integer32(-7),
        new CodecParameterValue.Double(222.222),
        new CodecParameterValue.Text("333"),
        new CodecParameterValue.Integer32Array([1, -2, 3]),
        new CodecParameterValue.Integer32Array([]),
    ];

    private object Record(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(candidate => candidate.GetParameters().Length).First();
        var nullability = new NullabilityInfoContext();
        var arguments = constructor.GetParameters()
            .Select(parameter => Value(parameter.ParameterType, nullability.Create(parameter).WriteState == NullabilityState.Nullable))
            .ToArray();
        var record = constructor.Invoke(arguments);
        if (arguments.Length > 0)
        {
            return record;
        }

        foreach (var property in type.GetProperties().Where(property => property.CanWrite))
        {
            property.SetValue(record, Value(property.PropertyType, nullability.Create(property).WriteState == NullabilityState.Nullable));
        }

        return record;
    }
}
