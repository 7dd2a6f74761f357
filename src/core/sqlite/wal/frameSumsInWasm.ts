import { HOST_IS_LITTLE_ENDIAN } from "./checksum";
import type { FrameSummer, SumFrames } from "./frameSums";
import { FRAME_SUMS_WASM } from "./frameSumsWasm";
import { FRAME_HEADER_SIZE } from "./header";

/** As `assembly/frameSums.ts` exports it. */
interface FrameSumsModule {
	readonly memory: { readonly buffer: ArrayBuffer };
	readonly roomAt: { readonly value: number };
	readonly roomCapacity: { readonly value: number };
	readonly copiesAt: { readonly value: number };
	readonly copiesCapacity: { readonly value: number };
	readonly sumsAt: { readonly value: number };
	readonly sumFrames: (frames: number, count: number, pageSize: number, bigEndian: boolean) => void;
}

/** The part of the platform's that is needed. */
declare const WebAssembly: {
	readonly Module: new (bytes: Uint8Array) => object;
	readonly Instance: new (module: object) => { readonly exports: unknown };
};

/** `undefined` where there is no WebAssembly, none with SIMD, or none is allowed. */
export function frameSummerInWasm(): FrameSummer | undefined {
	// The memory of a module has its own order of bytes, which is not that of every host's arrays.
	if (!HOST_IS_LITTLE_ENDIAN || typeof WebAssembly === "undefined") return undefined;
	let wasm: FrameSumsModule;
	try {
		wasm = new WebAssembly.Instance(new WebAssembly.Module(bytesOf(FRAME_SUMS_WASM))).exports as FrameSumsModule;
	} catch {
		return undefined;
	}
	const { buffer } = wasm.memory;
	const room = new Uint8Array(buffer, wasm.roomAt.value, wasm.roomCapacity.value);
	const copies = new Uint8Array(buffer, wasm.copiesAt.value, wasm.copiesCapacity.value);
	const sum: SumFrames = (frames, { pageSize, bigEndianChecksum }) => {
		const frameSize = FRAME_HEADER_SIZE + pageSize;
		const count = frames.byteLength / frameSize;
		const sums = new Uint32Array(2 * count);
		const add = (at: number, first: number, some: number) => {
			wasm.sumFrames(at, some, pageSize, bigEndianChecksum);
			sums.set(new Uint32Array(buffer, wasm.sumsAt.value, 2 * some), 2 * first);
		};
		if (frames.buffer === buffer) {
			add(frames.byteOffset, 0, count);
			return sums;
		}
		const most = Math.floor(copies.byteLength / frameSize);
		for (let n = 0; n < count; n += most) {
			const some = Math.min(most, count - n);
			copies.set(frames.subarray(n * frameSize, (n + some) * frameSize));
			add(copies.byteOffset, n, some);
		}
		return sums;
	};
	return { sum, rooms: [room] };
}

function bytesOf(hexadecimal: string): Uint8Array {
	return Uint8Array.from(hexadecimal.match(/[0-9a-f]{2}/g) ?? [], (digits) => Number.parseInt(digits, 16));
}
