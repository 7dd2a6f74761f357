import { FileError } from "../../core/files";
import { Cancelled } from "../cancellation";
import { Owner } from "../owner";
import { verifyInBackground } from "../settings";
import { Debounce } from "../stores/debounce";
import type { KnownStore } from "../stores/knownStore";
import type { KnownStores } from "../stores/knownStores";
import { announce } from "./announce";
import { NotVerified, type Verifier } from "./verifier";

/** A store that a node writes to is let alone until it is quiet for so long, and looked at at least this often. */
const QUIET_MS = 2000;
const LONGEST_MS = 60_000;

/** Verifies stores after they have changed, where the setting asks for it, one after the other; speaks up only about errors. */
export class BackgroundVerification extends Owner {
	readonly #changed = new Set<KnownStore>();
	readonly #soon = this.own(new Debounce(() => void this.#verifyChanged(), QUIET_MS, LONGEST_MS));
	#ended = false;

	constructor(
		stores: KnownStores,
		private readonly verifier: Verifier,
		private readonly showReport: (store: KnownStore) => void,
	) {
		super();
		this.own(stores.onDidChange((store) => this.#look(store)));
		this.own({
			dispose: () => {
				this.#ended = true;
			},
		});
	}

	#look(store: KnownStore): void {
		const isNew = store.view?.state === "read" && !store.view.verified && !this.verifier.isCurrent(store);
		if (!isNew || verifyInBackground() === undefined) return;
		this.#changed.add(store);
		this.#soon.trigger();
	}

	async #verifyChanged(): Promise<void> {
		for (const store of this.#changed) {
			this.#changed.delete(store);
			const depth = verifyInBackground();
			const isBusy = this.verifier.running.some(({ known }) => known === store);
			if (depth === undefined || isBusy || this.#ended) continue;
			try {
				const result = await this.verifier.start(store, { depth }).result;
				const { findings } = result.verification;
				if (findings.some(({ severity }) => severity === "error")) {
					void announce(store, result, () => this.showReport(store));
				}
			} catch (error) {
				// It changed again, which is told in turn; or it went away, which the tree shows.
				const isExpected = error instanceof NotVerified || error instanceof FileError || error instanceof Cancelled;
				if (!isExpected) throw error;
			}
		}
	}
}
