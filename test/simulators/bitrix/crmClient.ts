import { connect, control, must, type Json, type Rest, type RestAnswer } from './restClient';
import { startBitrix, type RunningBitrix } from './start.cts';
import type { BitrixOptions } from './options.cts';

/** What each test of CRM has to itself. */
export interface CrmBench {
	bitrix: RunningBitrix;
	rest: Rest;
	crm: CrmClient;
}

/** Starts a Bitrix24 on a server of its own before each test and ends it afterwards: it does not limit the rate. */
export function freshCrm(options: BitrixOptions = { edition: 'box' }): CrmBench {
	const bench = {} as CrmBench;
	beforeEach(async () => {
		bench.bitrix = await startBitrix(options);
		bench.rest = connect(bench.bitrix);
		bench.crm = new CrmClient(bench);
	});
	afterEach(async () => await bench.bitrix.close());
	return bench;
}

type Kind = 'deal' | 'contact' | 'company' | 'lead';
type Fields = Record<string, unknown>;

/** Short words for what tests of CRM do all the time. */
class CrmClient {
	constructor(private readonly bench: CrmBench) {}

	/** The id of a new object. */
	async add(kind: Kind, fields: Fields = {}): Promise<number> {
		return Number(await must(this.bench.rest(`crm.${kind}.add`, { fields })));
	}

	async get(kind: Kind, id: number): Promise<Json> {
		return await must(this.bench.rest(`crm.${kind}.get`, { id }));
	}

	async update(kind: Kind, id: number, fields: Fields): Promise<Json> {
		return await must(this.bench.rest(`crm.${kind}.update`, { id, fields }));
	}

	async list(kind: Kind, params: Fields = {}): Promise<Json[]> {
		return (await must(this.bench.rest(`crm.${kind}.list`, params))) as unknown as Json[];
	}

	/** Calls a method that has to succeed. */
	async call(method: string, params: Fields = {}): Promise<Json> {
		return await must(this.bench.rest(method, params));
	}

	/** Calls a method, whatever it answers. */
	async ask(method: string, params: Fields = {}): Promise<RestAnswer> {
		return await this.bench.rest(method, params);
	}

	/** What was announced of one kind of objects, as `add 12`. */
	async announced(entity: string): Promise<string[]> {
		const changes = (await control(this.bench.bitrix, 'GET changes')) as unknown as Json[];
		return changes
			.filter((change) => String(change.entity) === entity)
			.map(({ action, id }) => `${String(action)} ${String(id)}`);
	}
}
