import { describe, expect, test, vi } from "vitest";
import { type Channel, connect } from "../../../src/protocol/rpc";
import { kindsOfChannels } from "./channels";

interface Served {
	add(a: number, b: number): Promise<number>;
	bytes(part: Uint8Array): Promise<{ readonly back: Uint8Array; readonly length: number }>;
	nothing(): Promise<undefined>;
	fail(how: string): Promise<never>;
	uncarried(): Promise<unknown>;
	never(): Promise<never>;
}

class CodedError extends Error {
	override readonly name = "CodedError";
	readonly code = "write-refused";
}

class Server implements Served {
	readonly #own = 1;
	async add(a: number, b: number) {
		return a + b + this.#own - 1;
	}
	async bytes(part: Uint8Array) {
		return { back: part, length: part.byteLength };
	}
	async nothing() {
		return undefined;
	}
	async fail(how: string): Promise<never> {
		if (how === "coded") throw new CodedError("it is refused");
		if (how === "text") throw "only text";
		throw new TypeError("a fault");
	}
	/** What no channel carries. */
	async uncarried() {
		return { value: 1n, function: () => 1 };
	}
	never() {
		return new Promise<never>(() => {});
	}
}

describe.each(kindsOfChannels)("over %s channel", (_, channels) => {
	function connected() {
		const [here, there] = channels();
		connect(new Server(), there);
		return connect<Served, object>({}, here);
	}

	test("a call is answered", async () => {
		const { remote } = connected();
		expect(await remote.add(1, 2)).toBe(3);
		expect(await remote.nothing()).toBeUndefined();
		expect(await Promise.all([1, 2, 3].map((n) => remote.add(n, n)))).toEqual([2, 4, 6]);
	});

	test("bytes cross as bytes", async () => {
		const { back, length } = await connected().remote.bytes(new Uint8Array([0, 255, 7]));
		expect(back).toBeInstanceOf(Uint8Array);
		expect([...back, length]).toEqual([0, 255, 7, 3]);
	});

	test.each([
		["coded", "write-refused", "it is refused"],
		["fault", "failed", "a fault"],
		["text", "failed", "only text"],
	])("a failure (%s) arrives with its code and message", async (how, code, message) => {
		await expect(connected().remote.fail(how)).rejects.toMatchObject({ name: "RemoteError", code, message });
	});

	test.each(["nowhere", "constructor", "__proto__"])(
		"a method that is not there (%s) ends in a failure",
		async (name) => {
			const { remote } = connected();
			const unknown = remote as unknown as Record<string, () => Promise<unknown>>;
			await expect(unknown[name]!()).rejects.toMatchObject({ name: "RemoteError", code: "failed" });
		},
	);

	test("an answer that cannot be carried ends in a failure, and the next call is answered", async () => {
		const { remote } = connected();
		await expect(remote.uncarried()).rejects.toMatchObject({ name: "RemoteError" });
		expect(await remote.add(1, 1)).toBe(2);
	});

	test("a question that cannot be carried ends in a failure", async () => {
		const { remote } = connected();
		const cyclic: Record<string, unknown> = { function: () => 1 };
		cyclic["self"] = cyclic;
		await expect(remote.add(cyclic as unknown as number, 1)).rejects.toThrow();
	});

	test("whoever waits when it is closed is told so, and whoever asks later", async () => {
		const connection = connected();
		const waiting = connection.remote.never();
		const later = connection.remote.add(1, 1);
		connection.close();
		await expect(waiting).rejects.toMatchObject({ name: "RemoteError", code: "closed" });
		await expect(later).rejects.toMatchObject({ code: "closed" });
		await expect(connection.remote.add(1, 1)).rejects.toMatchObject({ name: "RemoteError", code: "closed" });
	});

	test("other messages on it are passed over", async () => {
		const [here, there] = channels();
		connect(new Server(), there);
		const { remote } = connect<Served, object>({}, here);
		for (const stray of [null, 1, "text", {}, { t: 7 }, { t: "s", i: "unasked", r: 1 }, { t: "q" }]) here.post(stray);
		expect(await remote.add(2, 2)).toBe(4);
	});
});

test("both sides serve and ask", async () => {
	const [[, channels]] = kindsOfChannels;
	const [here, there] = channels();
	interface Side {
		double(n: number): Promise<number>;
	}
	const left = connect<Side, Side>({ double: async (n) => n * 2 }, here);
	let ask: Side;
	ask = connect<Side, Side>({ double: async (n) => (await ask.double(n)) + 1 }, there).remote;
	expect(await left.remote.double(3)).toBe(7);
});

test("a remote is no promise, whoever awaits it", async () => {
	const post = vi.fn<Channel["post"]>();
	const { remote } = connect<Served, object>({}, { post, listen: () => () => {} });
	expect(await Promise.resolve(remote)).toBe(remote);
	expect(post).not.toHaveBeenCalled();
});
