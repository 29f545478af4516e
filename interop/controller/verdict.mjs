/**
 * @typedef {Record<string, Record<string, string[]>>} ExpectedFailures file of tests -> reason -> names of tests
 * @typedef {{ file: string, name: string, passed: boolean, message: string }} TestResult
 */

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

/**
 * Holds what happened against what is known. Agreement has to be complete: a listed test that passes is wrong news as well, and a
 * listed test that did not run hides something.
 *
 * @param {TestResult[]} results
 * @param {ExpectedFailures} expected
 */
export function judge(results, expected) {
  const listed = new Set(
    Object.entries(expected).flatMap(([file, reasons]) =>
      Object.values(reasons).flatMap((names) => names.map((name) => key(file, name)))),
  );
  const isListed = (/** @type {TestResult} */ { file, name }) => listed.has(key(file, name));
  const ran = new Set(results.map(({ file, name }) => key(file, name)));
  return {
    passed: results.filter((result) => result.passed && !isListed(result)),
    expectedFailures: results.filter((result) => !result.passed && isListed(result)),
    newFailures: results.filter((result) => !result.passed && !isListed(result)),
    unexpectedPasses: results.filter((result) => result.passed && isListed(result)),
    missing: [...listed].filter((test) => !ran.has(test)),
  };
}

/** @param {string} file @param {string} name */
function key(file, name) {
  return `${file}: ${name}`;
}
