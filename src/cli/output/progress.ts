/** So often is told how far work is. What is done sooner tells nothing. */
const INTERVAL_MS = 1000;

/** Answers a function that tells on standard error how many bytes of a work are done, once a second. */
export function byteProgress(work: string): (doneBytes: number, totalBytes: number) => void {
	return everySecond((doneBytes: number, totalBytes: number) => `${work}: ${doneBytes} of ${totalBytes} bytes\n`);
}

/** The same of rows, whose number is known at the end. */
export function rowProgress(work: string): (progress: { readonly rows: number; readonly bytes: number }) => void {
	return everySecond(({ rows, bytes }) => `${work}: ${rows} rows, ${bytes} bytes\n`);
}

function everySecond<Values extends unknown[]>(line: (...values: Values) => string): (...values: Values) => void {
	let nextAt = performance.now() + INTERVAL_MS;
	return (...values) => {
		if (performance.now() < nextAt) return;
		nextAt = performance.now() + INTERVAL_MS;
		process.stderr.write(line(...values));
	};
}
