import type { BulkOperation } from '../../../shared/operation';
import { writeOutputs } from '../../../shared/writeOutputs';
import { documentTasks } from '../documents/input';
import { DEALS } from '../documents/kind';
import { writeAll } from '../documents/run';
import { readDocumentSettings } from '../documents/settings';
import { resultsOf } from '../entries';
import { dealProperties } from '../parameters/documents';
import { CrmSession } from '../session';

export const upsertDeals: BulkOperation = {
	value: 'upsertDeals',
	name: 'Deals: Upsert From Orders',
	action: 'Upsert deals from customer orders',
	description: 'Make or update deals with product rows, customer and stage from customer orders of MoySklad; write differences only',
	properties: dealProperties,
	async all() {
		const settings = readDocumentSettings(this, 'deals');
		const session = await CrmSession.open(this, settings);
		const { tasks, refused } = await documentTasks(this, session, DEALS, settings.flow);
		await writeAll(session, settings, DEALS, tasks);
		return writeOutputs(this, resultsOf(tasks, refused, this.getInputData().length), settings.failAfterAll);
	},
};
