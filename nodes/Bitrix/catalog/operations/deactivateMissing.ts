import { SyncError } from '../../../../core';
import type { BulkOperation } from '../../../shared/operation';
import { writeOutputs } from '../../../shared/writeOutputs';
import { hideMissing } from '../missing';
import { openSession } from '../openSession';
import { optionsProperty } from '../parameters/options';
import { scopeProperty } from '../parameters/scope';
import { missingProperty } from '../parameters/target';
import { readSettings } from '../settings';

export const deactivateMissing: BulkOperation = {
	value: 'deactivateMissing',
	name: 'Deactivate Missing',
	action: 'Deactivate missing items',
	description: 'Hide what came from MoySklad but is archived, deleted or out of scope there; items made by hand are not touched',
	properties: [scopeProperty, missingProperty, optionsProperty('failAfterAll', 'flow', 'largestShare')],
	async all() {
		const settings = readSettings(this);
		const session = await openSession(this, settings, []);
		if (!session.moySklad) throw new SyncError('CATALOG_NEEDS_MOYSKLAD', { what: 'Deactivate Missing' });
		const results = (await hideMissing(session, session.moySklad)).flatMap(({ result }) => result ?? []);
		return writeOutputs(this, results, settings.failAfterAll, results.map(() => 0));
	},
};
