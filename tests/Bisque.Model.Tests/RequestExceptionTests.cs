namespace Bisque.Model.Tests;

public sealed class RequestExceptionTests
{
    [Fact]
    public void Each_class_of_error_has_its_own_way_to_be_made()
    {
        Assert.Equal(RequestErrorKind.Error, RequestException.Error("e").Kind);
        Assert.Equal(RequestErrorKind.TypeError, RequestException.TypeError("e").Kind);
        Assert.Equal(RequestErrorKind.NotFoundError, RequestException.NotFound("e").Kind);
        Assert.Equal("why", RequestException.Create(RequestErrorKind.TypeError, "why").Message);
    }
}
