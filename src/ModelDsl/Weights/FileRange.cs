namespace ModelDsl;

/// <summary>A part of a file as a stream, from its first byte on.</summary>
internal sealed class FileRange(InputFile file, long offset, long length) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <summary>Passes over bytes without reading them.</summary>
    public void Skip(long count) => _position += count;

    public override int Read(Span<byte> buffer)
    {
        var count = file.ReadSome(buffer[..(int)Math.Min(buffer.Length, length - _position)], offset + _position);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
