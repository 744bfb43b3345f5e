const LINE_END = 0x0a;

/** The lines of a file, each a page, as views into its bytes. */
export function lines(bytes) {
  const found = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(LINE_END, start);
    found.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return found;
}
