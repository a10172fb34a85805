import type { BulkOperation } from '../../../shared/operation';
import { writeOutputs } from '../../../shared/writeOutputs';
import { openSession } from '../openSession';
import { optionsProperty } from '../parameters/options';
import { goneSectionProperty } from '../parameters/target';
import { upsertFolders } from '../sectionItems';
import { readSettings } from '../settings';

export const upsertSections: BulkOperation = {
	value: 'upsertSections',
	name: 'Upsert Sections',
	action: 'Upsert sections',
	description: 'Make, rename, move and hide sections after the product folders of MoySklad',
	properties: [goneSectionProperty, optionsProperty('failAfterAll', 'hideMissingSections', 'largestShare', 'showSectionsAgain')],
	async all() {
		const settings = readSettings(this);
		const items = this.getInputData().map(({ json }) => json);
		const results = await upsertFolders(await openSession(this, settings, []), items);
		// Sections without a folder belong to no item of their own.
		const pairs = results.map((_, index) => Math.min(index, items.length - 1));
		return writeOutputs(this, results, settings.failAfterAll, pairs);
	},
};
