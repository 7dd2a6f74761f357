import { HOST_IS_LITTLE_ENDIAN } from "./checksum";
import type { SumFrames } from "./frameSums";
import { FRAME_SUMS_WASM } from "./frameSumsWasm";
import { FRAME_HEADER_SIZE } from "./header";

/** As `assembly/frameSums.ts` exports it. */
interface FrameSumsModule {
	readonly memory: { readonly buffer: ArrayBuffer };
	readonly framesAt: { readonly value: number };
	readonly framesCapacity: { readonly value: number };
	readonly sumsAt: { readonly value: number };
	readonly sumFrames: (count: number, pageSize: number, bigEndian: boolean) => void;
}

/** The part of the platform's that is needed. */
declare const WebAssembly: {
	readonly Module: new (bytes: Uint8Array) => object;
	readonly Instance: new (module: object) => { readonly exports: unknown };
};

/** `undefined` where there is no WebAssembly, none with SIMD, or none is allowed. */
export function sumFramesInWasm(): SumFrames | undefined {
	// The memory of a module has its own order of bytes, which is not that of every host's arrays.
	if (!HOST_IS_LITTLE_ENDIAN || typeof WebAssembly === "undefined") return undefined;
	let wasm: FrameSumsModule;
	try {
		wasm = new WebAssembly.Instance(new WebAssembly.Module(bytesOf(FRAME_SUMS_WASM))).exports as FrameSumsModule;
	} catch {
		return undefined;
	}
	const capacity = wasm.framesCapacity.value;
	const place = new Uint8Array(wasm.memory.buffer, wasm.framesAt.value, capacity);
	return (frames, { pageSize, bigEndianChecksum }) => {
		const frameSize = FRAME_HEADER_SIZE + pageSize;
		const most = Math.floor(capacity / frameSize);
		const count = frames.byteLength / frameSize;
		const sums = new Uint32Array(2 * count);
		for (let n = 0; n < count; n += most) {
			const some = Math.min(most, count - n);
			place.set(frames.subarray(n * frameSize, (n + some) * frameSize));
			wasm.sumFrames(some, pageSize, bigEndianChecksum);
			sums.set(new Uint32Array(wasm.memory.buffer, wasm.sumsAt.value, 2 * some), 2 * n);
		}
		return sums;
	};
}

function bytesOf(hexadecimal: string): Uint8Array {
	return Uint8Array.from(hexadecimal.match(/[0-9a-f]{2}/g) ?? [], (digits) => Number.parseInt(digits, 16));
}
