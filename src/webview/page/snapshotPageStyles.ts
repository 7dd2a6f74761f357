import { css } from "lit";

/** How the parts of the page share its room. */
export const snapshotPageStyles = css`
	:host {
		display: flex;
		flex-direction: column;
		height: 100vh;
		min-height: 420px;
		overflow-y: auto;
	}
	chain-header,
	raft-section,
	banner-list {
		flex: none;
	}
	main {
		display: flex;
		flex: 1 0 auto;
		/* Room for a few rows, whatever is unfolded above: then the page scrolls. */
		height: 320px;
		min-height: 0;
	}
	nav {
		display: flex;
		flex: 0 0 clamp(160px, 24%, 320px);
		min-width: 0;
		border-right: var(--line);
	}
	object-list,
	view-tabs {
		flex: 1;
	}
	.progress {
		display: flex;
		flex-direction: column;
		align-items: flex-start;
		gap: 8px;
		padding: 16px 12px;
	}
	progress {
		width: min(100%, 400px);
		accent-color: var(--vscode-progressBar-background);
	}
	@media (max-width: 600px) {
		main {
			flex-direction: column;
			height: 480px;
		}
		nav {
			flex: 0 1 auto;
			max-height: 30vh;
			border-right: none;
			border-bottom: var(--line);
		}
	}
`;
