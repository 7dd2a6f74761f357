/** Tells the lines of Mocha's report from all else that is logged in the extension host. */
export const REPORT_PREFIX = "mocha>";
