import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { RULE_WORDS, warning, type DuplicateGroup, type DuplicateReport, type SharedKey } from '../../../core';
import { inWords } from './inWords';

type Paired = INodeExecutionData['pairedItem'];

/** An item for each group, and one for each key that too many have. */
export const reported = ({ groups, shared }: DuplicateReport, show: (id: string) => IDataObject, paired: (ids: string[]) => Paired): INodeExecutionData[] => [
	...groups.map((group) => ({ json: groupJson(group, show), pairedItem: paired(group.ids) })),
	...shared.map((key) => ({ json: sharedJson(key), pairedItem: paired([]) })),
];

const groupJson = ({ ids, score, pairs }: DuplicateGroup, show: (id: string) => IDataObject): IDataObject => ({
	kind: 'group',
	size: ids.length,
	score,
	members: ids.map(show),
	pairs: pairs.map((pair) => ({ ids: pair.ids, score: pair.score, reasons: pair.reasons.map(inWords) })),
});

const sharedJson = ({ rule, key, count }: SharedKey): IDataObject => ({
	kind: 'shared',
	field: rule,
	key,
	count,
	warnings: [warning('COUNTERPARTY_KEY_SHARED', { count, field: RULE_WORDS[rule] }) as unknown as IDataObject],
});
