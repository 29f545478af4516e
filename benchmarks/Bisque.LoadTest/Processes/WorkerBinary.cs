namespace Bisque.LoadTest.Processes;

/// <summary>A worker to measure.</summary>
/// <param name="Label">A letter that stands for it in the tables.</param>
/// <param name="Path">Its executable, links resolved.</param>
internal sealed record WorkerBinary(string Label, string Path)
{
    public static WorkerBinary Find(string path, int index)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new FileNotFoundException($"There is no worker at {path}.");
        }

        var target = file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
        return new WorkerBinary(((char)('A' + index)).ToString(), target.FullName);
    }
}
