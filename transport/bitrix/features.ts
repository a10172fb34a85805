import type { ErrorCode } from '../../core';
import { partFailure } from '../failure';
import type { Clock } from '../http';
import type { Batches } from './batch';
import type { BitrixClient } from './client';

/** A "no" is asked again after a while: rights, plans and modules are added while this process runs. */
const NO_MILLISECONDS = 10 * 60_000;

/** Bitrix compares the names of methods as they are stored, in lower case. */
const nameOf = (method: string): string => method.toLowerCase();

interface Remembered {
	value: Promise<unknown>;
	/** Milliseconds since 1970. */
	until: number;
}

/** What the process knows of one connection: an address together with its rights. */
export class FeatureMemory {
	private readonly known = new Map<string, Remembered>();

	constructor(readonly clock: Clock) {}

	/** What is known under a name, or what `ask` finds out. `lasting` tells whether it holds for as long as the process lives. */
	async recall<T>(name: string, ask: () => Promise<T>, lasting: (value: T) => boolean): Promise<T> {
		const known = this.known.get(name);
		if (known && known.until > this.clock.now()) return (await known.value) as T;
		const value = ask();
		const entry: Remembered = { value, until: Infinity };
		this.known.set(name, entry);
		value.then(
			(found) => (entry.until = lasting(found) ? Infinity : this.clock.now() + NO_MILLISECONDS),
			() => this.known.delete(name),
		);
		return await value;
	}
}

/** Refusals that say that there is no such thing here, or not for this connection. */
const LACKING: readonly ErrorCode[] = ['BITRIX_METHOD_MISSING', 'BITRIX_SCOPE', 'BITRIX_NO_RIGHT'];

/**
 * What a Bitrix can do for a connection, asked once before it is used: older portals, sites with fewer modules and webhooks with
 * fewer permissions get a smaller call and a finding, and no failure.
 */
export class BitrixFeatures {
	constructor(
		private readonly client: BitrixClient,
		private readonly memory: FeatureMemory,
	) {}

	/** Whether the method is there and this connection may call it. */
	async has(method: string): Promise<boolean> {
		const name = nameOf(method);
		return await this.memory.recall(name, async () => await this.probed(name), isYes);
	}

	/** Asks for several methods with one call, so that `has` knows them. */
	async probe(batches: Batches, methods: readonly string[]): Promise<void> {
		const asked = [...new Set(methods.map(nameOf))];
		const outcomes = once(async () => await batches.each(asked.map((name) => ({ method: 'method.get', parameters: { name } })), { repeatable: true }));
		const askOne = async (name: string, index: number): Promise<boolean> => {
			const outcome = (await outcomes())[index];
			return outcome && 'result' in outcome ? isAvailable(outcome.result) : await this.probed(name);
		};
		await Promise.all(asked.map(async (name, index) => await this.memory.recall(name, async () => await askOne(name, index), isYes)));
	}

	/** The fields of an entity by its method `getFields`; undefined when this version does not tell them. */
	async fields(method: string): Promise<ReadonlySet<string> | undefined> {
		return await this.memory.recall(`fields ${nameOf(method)}`, async () => await this.readFields(method), isKnown);
	}

	/** Whether inventory management is on; undefined where there is none. A person may switch it at any time, so it is believed for minutes only. */
	async documentMode(): Promise<boolean | undefined> {
		const read = async (): Promise<boolean | undefined> => {
			const answer = await this.optional('catalog.document.mode.status');
			return answer === undefined ? undefined : answer === 'Y';
		};
		return await this.memory.recall('document mode', read, () => false);
	}

	private async probed(name: string): Promise<boolean> {
		const answer = await this.optional('method.get', { name });
		return answer === undefined ? await this.isListed(name) : isAvailable(answer);
	}

	/** Versions without the probe have the list of all methods. Where neither is, the call itself has to show. */
	private async isListed(name: string): Promise<boolean> {
		const names = await this.memory.recall('methods', async () => await this.optional('methods'), isKnown);
		return !Array.isArray(names) || names.some((one) => nameOf(String(one)) === name);
	}

	private async readFields(method: string): Promise<ReadonlySet<string> | undefined> {
		const answer = await this.optional(method);
		const [fields] = Object.values((answer ?? {}) as Record<string, unknown>);
		return typeof fields === 'object' && fields !== null ? new Set(Object.keys(fields)) : undefined;
	}

	private async optional(method: string, parameters = {}): Promise<unknown> {
		try {
			return await this.client.read(method, parameters);
		} catch (error) {
			const failure = partFailure(error);
			if (LACKING.includes(failure.code)) return undefined;
			throw failure;
		}
	}
}

const isYes = (value: boolean): boolean => value;
const isKnown = (value: unknown): boolean => value !== undefined;

/** Runs the work when it is asked for first, and never again. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
	let running: Promise<T> | undefined;
	return async () => await (running ??= work());
}

/** Versions write the flags as booleans or as words. */
function isAvailable(answer: unknown): boolean {
	const { isExisting, isAvailable: available } = (answer ?? {}) as { isExisting?: unknown; isAvailable?: unknown };
	return isTrue(isExisting) && (available === undefined || isTrue(available));
}

const isTrue = (value: unknown): boolean => value === true || value === 'true' || value === 'Y' || value === 1;
