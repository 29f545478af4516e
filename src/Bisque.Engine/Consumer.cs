using Bisque.Engine.Consumers;
using Bisque.Engine.Internal;
using Bisque.Engine.Packets;
using Bisque.Engine.Parameters;
using Bisque.Engine.Producers;
using Bisque.Engine.Sending;
using Bisque.Model;
using Bisque.Rtp;

namespace Bisque.Engine;

/// <summary>
/// Sends a producer's media to one peer. This base holds what all kinds share: its state, its control surface and its reports.
/// What is forwarded, and as which packets, each kind decides itself.
/// </summary>
public abstract partial class Consumer
{
    /// <summary>In a request for key frames: of everything that is sent.</summary>
    private protected const int AllEncodings = -1;

    private readonly byte[] _payloadTypes;
    private Producer? _producer;
    private bool _wasActive;

    private protected Consumer(
        WorkerContext context, Transport transport, ConsumeRequest request, MediaParameters media, int streamCount)
    {
        Context = context;
        Transport = transport;
        Request = request;
        Media = media;
        IsPaused = request.Paused;
        _payloadTypes = [.. media.MediaPayloadTypes];
        var header = new OutgoingHeader(request.Kind, media);
        Outgoing = new OutgoingStream[streamCount];
        for (var i = 0; i < streamCount; i++)
        {
            Outgoing[i] = new OutgoingStream(context, this, header, i);
        }
    }

    /// <summary>The controller's name for the consumer.</summary>
    public string Id => Request.ConsumerId;

    /// <summary>Audio or video.</summary>
    public MediaKind Kind => Request.Kind;

    /// <summary>Which kind of stream it sends.</summary>
    public abstract RtpParametersType Type { get; }

    /// <summary>Whether the controller paused it.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Whether its producer is paused.</summary>
    public bool IsProducerPaused { get; private set; }

    /// <summary>Weight among the transport's video consumers when bandwidth is short: 1 to 255.</summary>
    public byte Priority { get; private set; } = 1;

    internal WorkerContext Context { get; }

    internal Transport Transport { get; }

    internal MediaParameters Media { get; }

    internal Producer Producer => _producer ?? throw new System.Diagnostics.UnreachableException("A consumer is used only once it has its producer.");

    /// <summary>What the receiver last reported as lost, in 1/256, of the stream that loses most.</summary>
    internal byte FractionLost
    {
        get
        {
            byte worst = 0;
            foreach (var stream in Outgoing)
            {
                worst = Math.Max(worst, stream.Rtp.FractionLost);
            }

            return worst;
        }
    }

    private protected ConsumeRequest Request { get; }

    /// <summary>What goes to the receiver, by encoding.</summary>
    private protected OutgoingStream[] Outgoing { get; }

    /// <summary>Whether packets are to be sent now.</summary>
    private protected bool IsActive => Transport.IsConnected && !IsPaused && !IsProducerPaused && !IsClosed;

    private protected bool IsClosed { get; private set; }

    /// <exception cref="RequestException">TypeError: bad parameters.</exception>
    internal static Consumer Create(WorkerContext context, Transport transport, ConsumeRequest request)
    {
        var media = ConsumerParameters.Read(request, out var type);
        return type switch
        {
            RtpParametersType.Simple => new SimpleConsumer(context, transport, request, media),
            RtpParametersType.Simulcast => new SimulcastConsumer(context, transport, request, media),
            RtpParametersType.Svc => new SvcConsumer(context, transport, request, media),
            _ => new PipeConsumer(context, transport, request, media),
        };
    }

    /// <summary>Stops sending. Doing it again does nothing.</summary>
    public void Pause()
    {
        if (!IsPaused)
        {
            IsPaused = true;
            OnActivityChanged();
        }
    }

    /// <summary>Sends again, from a key frame on. Doing it again does nothing.</summary>
    public void Resume()
    {
        if (IsPaused)
        {
            IsPaused = false;
            OnActivityChanged();
        }
    }

    /// <summary>Asks for certain layers; a consumer without layers answers with none.</summary>
    public virtual SetPreferredLayersResponse SetPreferredLayers(ConsumerLayers layers) => new();

    /// <summary>Sets the weight among the transport's video consumers.</summary>
    /// <exception cref="RequestException">TypeError: 0.</exception>
    public SetPriorityResponse SetPriority(byte priority)
    {
        if (priority == 0)
        {
            throw RequestException.TypeError("wrong priority: must be higher than 0");
        }

        Priority = priority;
        return new SetPriorityResponse { Priority = priority };
    }

    /// <summary>Asks the producer for a key frame, if this consumer is sending.</summary>
    public void RequestKeyFrame()
    {
        if (IsActive)
        {
            RequestKeyFrameNow(AllEncodings);
        }
    }

    /// <summary>Ties the consumer to its producer; packets may come from now on.</summary>
    internal void Attach(Producer producer)
    {
        _producer = producer;
        IsProducerPaused = producer.IsPaused;
        producer.AddConsumer(this);
    }

    internal abstract void Forward(ProducerStream stream, MediaPacket packet);

    /// <summary>
    /// Whether a packet is something that the receiver can take and wants, under which payload type. One stream may carry several
    /// codecs, as audio does with DTMF.
    /// </summary>
    internal bool Accepts(MediaPacket packet, MediaEncoding encoding, out byte payloadType)
    {
        payloadType = Producer.MapPayloadType(packet.Info.PayloadType);
        return packet.PayloadLength > 0
            && _payloadTypes.AsSpan().Contains(payloadType)
            && !(Request.IgnoreDtx && payloadType == encoding.PayloadType && IsDtx(encoding, packet));
    }

    private static bool IsDtx(MediaEncoding encoding, MediaPacket packet) =>
        encoding.MimeType.PayloadCodec == PayloadCodec.Opus && OpusPayload.IsDtx(packet.Payload);

    /// <summary>A stream of the producer exists now, or existed when the consumer was made.</summary>
    internal abstract void OnProducerStream(ProducerStream stream);

    /// <summary>
    /// A stream of the producer numbers its packets anew. Mapped as before, they could get numbers that were sent already, and SRTP
    /// would encrypt two packets with one keystream (RFC 3711 section 9.1).
    /// </summary>
    internal abstract void OnProducerStreamRestarted(ProducerStream stream);

    /// <summary>A stream of the producer is better or worse than it was, or was added just now.</summary>
    internal virtual void OnProducerStreamScoreChanged(ProducerStream stream) => EmitScore();

    /// <summary>A spatial layer within a stream of the producer fell silent, or is sent again.</summary>
    internal virtual void OnProducerLayerActivityChanged(ProducerStream stream)
    {
    }

    internal void OnTransportConnected() => OnActivityChanged();

    internal void OnTransportDisconnected() => OnActivityChanged();

    internal void OnProducerPaused()
    {
        if (IsProducerPaused)
        {
            return;
        }

        IsProducerPaused = true;
        OnActivityChanged();
        Context.Emit(new ConsumerProducerPauseEvent(Id));
    }

    internal void OnProducerResumed()
    {
        if (!IsProducerPaused)
        {
            return;
        }

        IsProducerPaused = false;
        OnActivityChanged();
        Context.Emit(new ConsumerProducerResumeEvent(Id));
    }

    internal void Close()
    {
        if (IsClosed)
        {
            return;
        }

        IsClosed = true;
        _producer?.RemoveConsumer(this);
        OnActivityChanged();
        OnClosed();
    }

    /// <summary>Which of the consumable encodings a stream of the producer is; -1 for none of them.</summary>
    private protected int ConsumableIndexOf(ProducerStream stream)
    {
        for (var i = 0; i < Request.ConsumableRtpEncodings.Count; i++)
        {
            if (Request.ConsumableRtpEncodings[i].Ssrc == stream.MappedSsrc.Value)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Sending begins, or begins again.</summary>
    private protected abstract void OnActivated();

    /// <summary>Sending ends for now.</summary>
    private protected virtual void OnDeactivated()
    {
    }

    /// <summary>The consumer is gone.</summary>
    private protected virtual void OnClosed()
    {
    }

    /// <summary>Asks for a key frame of one encoding, or of <see cref="AllEncodings"/>.</summary>
    private protected abstract void RequestKeyFrameNow(int encodingIndex);

    private void OnActivityChanged()
    {
        if (IsActive == _wasActive)
        {
            return;
        }

        _wasActive = IsActive;
        if (_wasActive)
        {
            OnActivated();
            return;
        }

        foreach (var stream in Outgoing)
        {
            stream.Rtp.ClearRetransmissions();
        }

        OnDeactivated();
    }
}
