/** So often is told how far work is. What is done sooner tells nothing. */
const INTERVAL_MS = 1000;

/** Answers a function that tells on standard error how many bytes of a work are done, once a second. */
export function byteProgress(work: string): (doneBytes: number, totalBytes: number) => void {
	let nextAt = performance.now() + INTERVAL_MS;
	return (doneBytes, totalBytes) => {
		if (performance.now() < nextAt) return;
		nextAt = performance.now() + INTERVAL_MS;
		process.stderr.write(`${work}: ${doneBytes} of ${totalBytes} bytes\n`);
	};
}
