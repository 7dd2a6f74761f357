import { createBirpc } from "birpc";

/** A pair of post and listen: a worker, a port, a webview. Messages arrive as `unknown`. */
export interface Channel {
	post(message: unknown): void;
	/** Answers a function that stops listening. */
	listen(receive: (message: unknown) => void): () => void;
}

/** Functions of one side, all of them async or without a result for the other side to wait for. */
type Functions = object;

export interface Connection<Remote extends Functions> {
	readonly remote: Remote;
	/** Ends the connection: whoever still waits for an answer is told so. */
	close(): void;
}

/** An error that crosses a channel: name, message and code survive, the stack does not. */
interface EncodedError {
	readonly name: string;
	readonly message: string;
	readonly code?: string;
}

/** What a request ends in when the other side failed, was closed, or does not know the method. */
export class RemoteError extends Error {
	override readonly name: string = "RemoteError";
	constructor(
		readonly code: string,
		message: string,
	) {
		super(message);
	}
}

/**
 * Connects two sides, each serving `local` and calling the other's functions. Arguments and results must be JSON or
 * typed arrays: that is what every channel carries. A failure arrives as a `RemoteError`.
 */
export function connect<Remote extends Functions, Local extends Functions>(
	local: Local,
	channel: Channel,
): Connection<Remote> {
	let stop = () => {};
	const rpc = createBirpc<Record<string, (...values: unknown[]) => unknown>, Functions>(local, {
		post: (message) => channel.post(message),
		on: (receive) => {
			stop = channel.listen((message) => {
				if (isMessage(message)) receive(message);
			});
		},
		serialize: (message) => encode(message),
		deserialize: (message) => decode(message),
		bind: "functions",
		// A query may take as long as it takes; whoever waits can cancel.
		timeout: -1,
		onFunctionError: () => false,
		// An answer that the channel does not carry (these have a method): the failure to is what is sent.
		onGeneralError: (_, method) => method !== undefined,
	});
	let open = true;
	const remote = new Proxy({} as Remote, {
		// A remote is handed about by async code, which asks every object whether it is a promise.
		get: (_, name) =>
			name === "then"
				? undefined
				: (...values: unknown[]) => (open ? rpc.$call(String(name), ...values) : Promise.reject(closed())),
	});
	return {
		remote,
		close: () => {
			open = false;
			stop();
			rpc.$close(closed());
		},
	};
}

function closed(): RemoteError {
	return new RemoteError("closed", "The other side has ended.");
}

interface Message {
	readonly [key: string]: unknown;
}

function isMessage(value: unknown): value is Message {
	return typeof value === "object" && value !== null && typeof (value as Message)["t"] === "string";
}

/** birpc keeps a failure in `e`. */
function encode(message: Message): Message {
	return "e" in message && message["e"] !== undefined ? { ...message, e: encodeError(message["e"]) } : message;
}

function decode(message: Message): Message {
	return "e" in message && message["e"] !== undefined ? { ...message, e: decodeError(message["e"]) } : message;
}

function encodeError(error: unknown): EncodedError {
	if (!(error instanceof Error)) return { name: "Error", message: String(error) };
	const code: unknown = (error as { code?: unknown }).code;
	return { name: error.name, message: error.message, ...(typeof code === "string" ? { code } : {}) };
}

function decodeError(value: unknown): RemoteError {
	const { message, code } = (typeof value === "object" && value !== null ? value : {}) as Partial<EncodedError>;
	return new RemoteError(code ?? "failed", message ?? "The request failed without a reason.");
}
