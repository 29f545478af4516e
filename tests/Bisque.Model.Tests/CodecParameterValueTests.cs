namespace Bisque.Model.Tests;

public sealed class CodecParameterValueTests
{
    [Fact]
    public void A_value_is_not_equal_to_the_same_digits_of_another_kind()
    {
        CodecParameterValue number = new CodecParameterValue.Integer32(1);

        Assert.Equal(new CodecParameterValue.Integer32(1), number);
        Assert.NotEqual<CodecParameterValue>(new CodecParameterValue.Double(1), number);
        Assert.NotEqual<CodecParameterValue>(new CodecParameterValue.Text("1"), number);
        Assert.NotEqual<CodecParameterValue>(new CodecParameterValue.Boolean(true), number);
    }
}
