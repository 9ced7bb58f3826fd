using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Build task: copies a 64-bit little-endian ELF library and marks one of its version needs as weak (VER_FLG_WEAK), so that
/// the dynamic loader accepts a system without that version. A library without that need is copied as it is.
/// </summary>
public sealed class ModelDslWeakenVersionNeed : Task
{
    private const int SectionTypeVersionNeeds = 0x6ffffffe;
    private const int SectionHeaderSize = 64;
    private const ushort WeakFlag = 2;

    [Required]
    public string Source { get; set; }

    [Required]
    public string Destination { get; set; }

    /// <summary>The name of the version that may be missing, such as <c>GLIBCXX_3.4.32</c>.</summary>
    [Required]
    public string Version { get; set; }

    public override bool Execute()
    {
        var library = File.ReadAllBytes(Source);
        var entry = FindVersionNeed(library);
        if (entry >= 0)
            BitConverter.GetBytes((ushort)(BitConverter.ToUInt16(library, entry + 4) | WeakFlag)).CopyTo(library, entry + 4);
        Write(library);
        return !Log.HasLoggedErrors;
    }

    /// <summary>
    /// Writes beside the destination and moves, so that a build that is cut off leaves no half-written library.
    /// </summary>
    private void Write(byte[] library)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Destination));
        var unfinished = Destination + "." + Guid.NewGuid().ToString("N");
        File.WriteAllBytes(unfinished, library);
        if (File.Exists(Destination))
            File.Delete(Destination);
        File.Move(unfinished, Destination);
    }

    /// <summary>The file offset of the Vernaux entry of <see cref="Version"/>, or -1.</summary>
    private int FindVersionNeed(byte[] library)
    {
        var isElf64 = library.Length > SectionHeaderSize && BitConverter.ToUInt32(library, 0) == 0x464c457f && library[4] == 2;
        if (!isElf64)
            return -1;
        var headers = (int)BitConverter.ToInt64(library, 0x28);
        var count = BitConverter.ToUInt16(library, 0x3c);
        for (var section = 0; section < count; section++)
        {
            var header = headers + section * SectionHeaderSize;
            if (BitConverter.ToInt32(library, header + 4) != SectionTypeVersionNeeds)
                continue;
            var strings = headers + BitConverter.ToInt32(library, header + 40) * SectionHeaderSize;
            return FindInSection(
                library,
                (int)BitConverter.ToInt64(library, header + 24),
                (int)BitConverter.ToInt64(library, strings + 24));
        }
        return -1;
    }

    private int FindInSection(byte[] library, int need, int strings)
    {
        while (true)
        {
            var entry = need + BitConverter.ToInt32(library, need + 8);
            for (var left = BitConverter.ToUInt16(library, need + 2); left > 0; left--)
            {
                if (NameAt(library, strings + BitConverter.ToInt32(library, entry + 8)) == Version)
                    return entry;
                entry += BitConverter.ToInt32(library, entry + 12);
            }
            var next = BitConverter.ToInt32(library, need + 12);
            if (next == 0)
                return -1;
            need += next;
        }
    }

    private static string NameAt(byte[] library, int offset)
    {
        var end = Array.IndexOf(library, (byte)0, offset);
        return Encoding.ASCII.GetString(library, offset, end - offset);
    }
}
