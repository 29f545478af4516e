/** @typedef {{ file: string, name: string, passed: boolean, message: string }} TestResult */

/**
 * @param {{ testResults: { name: string, message: string, assertionResults: { fullName: string, status: string, failureMessages: string[] }[] }[] }} report what jest writes
 * @returns {TestResult[]}
 */
export function readReport(report) {
  return report.testResults.flatMap(({ name, message, assertionResults }) => {
    const file = name.slice(name.lastIndexOf('/') + 1);
    // A file that cannot even be loaded has no tests to fail.
    return assertionResults.length === 0
      ? [{ file, name: '(the file)', passed: false, message }]
      : assertionResults.map((test) => ({
          file,
          name: test.fullName,
          passed: test.status === 'passed',
          message: test.failureMessages.join('\n'),
        }));
  });
}
