/** Tells the lines that are for whoever opened the window from all else that is logged in its extension host. */
export const REPORT_PREFIX = "report>";
