using System.Runtime.CompilerServices;
using Newtonsoft.Json.Linq;
using Snapshooter;
using Snapshooter.Core;
using Snapshooter.Xunit;

namespace ModelDsl.Generators.Tests.Harness;

/// <summary>
/// Compares text with <c>Type.Method.verified.cs</c> beside the test, and writes <c>Type.Method.received.cs</c> where it differs:
/// the names of Verify, so that moving there touches this file only. A missing snapshot is written, but fails where <c>CI</c> is
/// true.
/// </summary>
internal static class Snapshots
{
    public static void Match(string text, [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        var (serializer, files) = (new PlainText(), new VerifiedFiles());
        var name = new SnapshotFullName($"{Path.GetFileNameWithoutExtension(file)}.{method}", Path.GetDirectoryName(file)!);
        files.DeleteReceived(name);
        var assert = new SnapshotAssert(
            serializer,
            files,
            new SnapshotEnvironmentCleaner(files),
            new JsonSnapshotComparer(new XunitAssert(), serializer),
            new JsonSnapshotFormatter(serializer));
        assert.AssertSnapshot(text, name, new MatchOptions());
    }

    private sealed class PlainText : ISnapshotSerializer
    {
        public string SerializeObject(object? objectToSerialize) => (string)objectToSerialize!;

        public string SerializeJsonToken(JToken? token) => token!.ToString();

        public JToken Deserialize(string json) => new JValue(json);
    }

    private sealed class VerifiedFiles : ISnapshotFileHandler
    {
        public string SaveNewSnapshot(SnapshotFullName snapshotFullName, string snapshotData)
        {
            var path = Verified(snapshotFullName);
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail($"There is no {Path.GetFileName(path)}: run the test once without CI=true, read the file, and commit it.");
            File.WriteAllText(path, snapshotData);
            return path;
        }

        public string SaveMismatchSnapshot(SnapshotFullName snapshotFullName, string snapshotData)
        {
            File.WriteAllText(Received(snapshotFullName), snapshotData);
            return Received(snapshotFullName);
        }

        public string ReadSnapshot(SnapshotFullName snapshotFullName) => File.ReadAllText(Verified(snapshotFullName));

        public bool TryReadSnapshot(SnapshotFullName snapshotFullName, out string snapshotData)
        {
            var isThere = File.Exists(Verified(snapshotFullName));
            snapshotData = isThere ? ReadSnapshot(snapshotFullName) : null!;
            return isThere;
        }

        public void DeleteSnapshot(SnapshotFullName snapshotFullName) => File.Delete(Verified(snapshotFullName));

        public void DeleteSnapshotSubfolder(SnapshotFullName snapshotFullName, string subfolderName)
        {
        }

        public void DeleteReceived(SnapshotFullName name) => File.Delete(Received(name));

        private static string Verified(SnapshotFullName name) => Path.Combine(name.FolderPath, $"{name.Filename}.verified.cs");

        private static string Received(SnapshotFullName name) => Path.Combine(name.FolderPath, $"{name.Filename}.received.cs");
    }
}
