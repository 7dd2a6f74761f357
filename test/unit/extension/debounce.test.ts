import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Debounce } from "../../../src/extension/stores/debounce";

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

test("a burst is one run, once it is over", () => {
	const run = vi.fn();
	const debounce = new Debounce(run, 300, 2000);
	for (let at = 0; at < 1000; at += 200) {
		debounce.trigger();
		vi.advanceTimersByTime(200);
	}
	expect(run).toHaveBeenCalledTimes(0);
	vi.advanceTimersByTime(100);
	expect(run).toHaveBeenCalledTimes(1);
	vi.advanceTimersByTime(10_000);
	expect(run).toHaveBeenCalledTimes(1);
});

test("events that never cease do not put it off for ever", () => {
	const run = vi.fn();
	const debounce = new Debounce(run, 300, 2000);
	for (let at = 0; at < 6000; at += 100) {
		debounce.trigger();
		vi.advanceTimersByTime(100);
	}
	expect(run).toHaveBeenCalledTimes(3);
});

test("it does not run after its end", () => {
	const run = vi.fn();
	const debounce = new Debounce(run, 300, 2000);
	debounce.trigger();
	debounce.dispose();
	vi.advanceTimersByTime(10_000);
	expect(run).not.toHaveBeenCalled();
});
