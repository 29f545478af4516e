/** A jest reporter that says one line per file of tests, on the error stream: the other one is for --json. */
module.exports = class Progress {
  onTestResult(test, { numPassingTests, numFailingTests }) {
    const file = test.path.slice(test.path.lastIndexOf('/') + 1);
    process.stderr.write(`  ${file}: ${numPassingTests} pass, ${numFailingTests} fail\n`);
  }
};
