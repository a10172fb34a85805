import type { INodeProperties } from 'n8n-workflow';
import { optionsProperty } from '../../shared/properties';
import { resources } from '../resources';
import type { EntityResource } from '../resources/entityResource';
import { deletionsOption, overlapOption } from '../resources/reading/getChanges';

/** Objects of one kind each: what stands for several kinds is chosen by its parts here. */
const kinds = resources.flatMap((resource) => ('kind' in resource ? [(resource as EntityResource).kind] : [])).filter(({ entities }) => entities === undefined);

/** MoySklad's keywords that can be watched. */
export const WATCHABLE: readonly string[] = kinds.map(({ entity }) => entity);

/** Parameters of MoySklad Changes Trigger. */
export const changesTriggerProperties: INodeProperties[] = [
	{
		displayName:
			'For small flows. n8n keeps the place up to which changes were read before the workflow runs, so what a failed run had is not read again. Where nothing may be lost, use <b>MoySklad Trigger</b> with the templates of the inbox and of catch-up.',
		name: 'guaranteeNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Objects',
		name: 'entities',
		type: 'multiOptions',
		required: true,
		options: kinds.map(({ entity, name }) => ({ name, value: entity })).sort((one, other) => one.name.localeCompare(other.name)),
		default: ['customerorder', 'product'],
		description: 'The kinds of objects whose changes start the workflow. Each costs a call at every look.',
	},
	optionsProperty([
		{ ...deletionsOption, description: 'Whether deletions are looked up in the audit, which only administrators may read' },
		{
			displayName: 'Events at Once',
			name: 'eventsAtOnce',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 1000 },
			default: 1000,
			description: 'Most events in one execution; what is left comes with the next look',
		},
		{ ...overlapOption, description: 'How far to begin before the last look. Changes by large imports become visible up to five minutes after their time; what came already is left out.' },
	]),
];
