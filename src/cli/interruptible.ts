import { Failure } from "./failure";

/** Runs work that Ctrl+C and a request to terminate end in good order, with a `Failure` that says what that means. */
export async function interruptible<T>(meaning: string, work: (cancel: AbortSignal) => Promise<T>): Promise<T> {
	const cancelled = new AbortController();
	const cancel = () => cancelled.abort(new Failure(1, meaning));
	// Not `once`: the store's lock ends the process where it finds that nobody else listens.
	process.on("SIGINT", cancel).on("SIGTERM", cancel);
	try {
		return await work(cancelled.signal);
	} finally {
		process.off("SIGINT", cancel).off("SIGTERM", cancel);
	}
}
