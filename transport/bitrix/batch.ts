import { commandQuery, mentionsResult, type Parameters, type SyncError } from '../../core';
import { partFailure } from '../failure';
import { inParallel } from '../parallel';
import { refusal, type Timing } from './answers';
import type { BitrixClient } from './client';
import { runSingly } from './singly';

/** One call inside a batch. */
export interface Command {
	/** The name by which later commands of the same group refer to its result. Unique within the group. */
	key: string;
	method: string;
	parameters: Parameters;
}

/** What became of one command. */
export type Outcome = { result: unknown; total?: number; next?: number } | { error: SyncError };

/** The result of a command; undefined when there is no outcome. Throws its error. */
export function resultOf(outcome: Outcome | undefined): unknown {
	if (outcome && 'error' in outcome) throw outcome.error;
	return outcome?.result;
}

/** How batches are sent. */
export interface BatchOptions {
	/** Whether the whole batch may be sent again when its answer was lost. */
	repeatable: boolean;
	/** Batches under way at one time. */
	parallel?: number;
	/** Commands in one batch at most, for methods that take long or answer at length. */
	most?: number;
	/** Called after each batch with the number of groups done so far. */
	progress?: (done: number) => void;
}

const MOST = 50;
const FEWEST = 10;

/** The cloud cuts a request off after 60 s: long before that, batches get smaller. */
const SLOW_SECONDS = 20;
const QUICK_SECONDS = 5;

interface BatchResult {
	result?: unknown;
	result_error?: unknown;
	result_total?: unknown;
	result_next?: unknown;
	result_time?: unknown;
}

/**
 * Sends groups of commands in batches of at most 50. A group is never torn apart, since its commands may use each other's
 * results. When a batch is lost as a whole, each of its commands gets that error, and the caller reads again what is there. A
 * group with a text that a batch would take for a reference goes by itself, call by call. Source: github bitrix24/b24restdocs,
 * `settings/how-to-call-rest-api/batch.md`.
 */
export class Batches {
	private size = MOST;

	constructor(private readonly client: BitrixClient) {}

	/** Outcomes in the shape of the groups. */
	async run(groups: readonly Command[][], options: BatchOptions): Promise<Outcome[][]> {
		const outcomes: Outcome[][] = new Array<Outcome[]>(groups.length);
		let next = 0;
		let done = 0;
		const lanes = Array.from({ length: Math.min(options.parallel ?? 1, groups.length) }, (_, lane) => lane);
		await inParallel(lanes, lanes.length, async () => {
			while (next < groups.length) {
				const first = next;
				const part = this.take(groups, first, Math.min(this.size, options.most ?? MOST));
				next += part.length;
				const [only] = part;
				const sent = only && isUnfit(only) ? [await runSingly(this.client, only, options.repeatable)] : await this.send(part, options);
				sent.forEach((outcome, index) => (outcomes[first + index] = outcome));
				done += part.length;
				options.progress?.(done);
			}
		});
		return outcomes;
	}

	/** Sends commands that need nothing of each other; one outcome a command, in order. */
	async each(commands: ReadonlyArray<Omit<Command, 'key'>>, options: BatchOptions): Promise<Outcome[]> {
		const outcomes = await this.run(commands.map((command) => [{ ...command, key: 'c' }]), options);
		return outcomes.flat();
	}

	private take(groups: readonly Command[][], first: number, most: number): Command[][] {
		const part: Command[][] = [];
		for (let index = first, commands = 0; index < groups.length; index += 1) {
			const group = groups[index] ?? [];
			commands += group.length;
			if (part.length > 0 && (commands > most || isUnfit(group))) break;
			part.push(group);
			if (isUnfit(group)) break;
		}
		return part;
	}

	private async send(groups: Command[][], options: BatchOptions): Promise<Outcome[][]> {
		const commands = groups.flatMap((group, index) => group.map((command) => ({ ...command, key: name(index, command.key), group: index })));
		const cmd = Object.fromEntries(
			commands.map(({ key, method, parameters, group }) => [key, `${method}?${rename(commandQuery(parameters), groups[group] ?? [], group)}`]),
		);
		try {
			const methods = new Set(['batch', ...commands.map(({ method }) => method)]);
			const answer = await this.client.call('batch', { halt: 0, cmd }, { repeatable: options.repeatable, methods });
			this.fit(answer.time?.duration ?? 0);
			const result = answer.result as BatchResult;
			return groups.map((group, index) => group.map((command) => this.outcome(result, name(index, command.key), command.method)));
		} catch (error) {
			const failure = partFailure(error);
			this.size = Math.max(FEWEST, Math.floor(this.size / 2));
			return groups.map((group) => group.map(() => ({ error: failure })));
		}
	}

	private outcome(batch: BatchResult, key: string, method: string): Outcome {
		const time = entry(batch.result_time, key) as Timing | undefined;
		this.client.operating.note(method, time);
		const failed = entry(batch.result_error, key) as { error?: string | number; error_description?: string } | undefined;
		if (failed !== undefined) {
			const error = refusal(failed.error, failed.error_description, method, 400);
			if (error.code === 'BITRIX_OPERATING_LIMIT') this.client.operating.refused(method);
			return { error };
		}
		if (!has(batch.result, key)) return { error: refusal(undefined, 'no answer to this command of the batch', method, 500) };
		return {
			result: entry(batch.result, key),
			total: entry(batch.result_total, key) as number | undefined,
			next: entry(batch.result_next, key) as number | undefined,
		};
	}

	private fit(seconds: number): void {
		if (seconds > SLOW_SECONDS) this.size = Math.max(FEWEST, Math.floor(this.size / 2));
		else if (seconds < QUICK_SECONDS) this.size = Math.min(MOST, this.size + FEWEST);
	}
}

const isUnfit = (group: readonly Command[]): boolean => group.some(({ parameters }) => mentionsResult(parameters));

const name = (group: number, key: string): string => `g${group}_${key}`;

/** References inside a group name its own commands; in the batch these carry the group's number. */
function rename(query: string, group: Command[], index: number): string {
	return query.replace(/\$result\[([^\]]+)\]/g, (whole, key: string) => (group.some((command) => command.key === key) ? `$result[${name(index, key)}]` : whole));
}

/** PHP sends an empty map as a list. */
const has = (map: unknown, key: string): boolean => typeof map === 'object' && map !== null && !Array.isArray(map) && key in map;
const entry = (map: unknown, key: string): unknown => (has(map, key) ? (map as Record<string, unknown>)[key] : undefined);
