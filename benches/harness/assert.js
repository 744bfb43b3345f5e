/** `deepStrictEqual` of Node for plain data, in browsers. */
export function deepStrictEqual(actual, expected, message) {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) throw new Error(message);
}
