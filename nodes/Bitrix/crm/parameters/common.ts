import type { INodeProperties } from 'n8n-workflow';
import { conflictPolicyProperty, INTO_BITRIX } from '../../../shared/fieldPolicies';
import { locator } from '../../../shared/locator';
import { rowsProperty } from '../../../shared/rowsProperty';
import { subWorkflowOption } from '../../../shared/subWorkflow';
import { failAfterAllOption } from '../../../shared/writeOutputs';
import { mappingProperty } from '../../catalog/parameters/mapping';

/** Ids in Bitrix are numbers. */
export const bitrixId = (example: string): { displayName: string; placeholder: string } => ({ displayName: 'By ID', placeholder: `e.g. ${example}` });

export const BY_CODE = { displayName: 'By Code', placeholder: 'e.g. WEB' };

const responsibleObject = (displayName: string, name: string, searchListMethod: string): INodeProperties =>
	locator({ displayName, name, searchListMethod, displayOptions: { show: { by: [name] } } });

type Responsible = 'organization' | 'owner' | 'salesChannel' | 'store';

const RESPONSIBLE_NAMES: Record<Responsible, { name: string; list: string }> = {
	owner: { name: 'Employee', list: 'employees' },
	organization: { name: 'Organization', list: 'organizations' },
	salesChannel: { name: 'Sales Channel', list: 'salesChannels' },
	store: { name: 'Store', list: 'stores' },
};

/** Who is responsible for what is made. */
export const responsibleProperties = (kinds: readonly Responsible[]): INodeProperties[] => [
	locator({
		displayName: 'Responsible',
		name: 'responsible',
		searchListMethod: 'users',
		description: 'Who is responsible for new records. The owner of the webhook when empty.',
		typed: bitrixId('1'),
	}),
	rowsProperty({
		displayName: 'Responsible by MoySklad',
		name: 'responsibles',
		row: 'Row',
		description: 'The first row that fits decides; where none does, Responsible',
		values: [
			{
				displayName: 'By',
				name: 'by',
				type: 'options',
				options: kinds.map((value) => ({ value, name: RESPONSIBLE_NAMES[value].name })),
				default: 'owner',
			},
			...kinds.map((kind) => responsibleObject(RESPONSIBLE_NAMES[kind].name, kind, RESPONSIBLE_NAMES[kind].list)),
			locator({ displayName: 'User in Bitrix', name: 'user', searchListMethod: 'users', typed: bitrixId('1') }),
		],
	}),
];

/** The preset, and a list of changes to it. */
export const mappingProperties = (placeholder: string, description: string): INodeProperties[] => [
	mappingProperty({ searchListMethod: 'targets', placeholder, description }),
	{
		displayName: 'Additional Fields of MoySklad',
		name: 'attributes',
		type: 'options',
		options: [
			{ name: 'Create Missing User Fields', value: 'create', description: 'Every additional field gets a user field in Bitrix, and so does a name beginning with UF_CRM_ in a row of the mapping' },
			{ name: 'Matching User Fields Only', value: 'matching', description: 'Those for which Bitrix has a user field that this node made, or of the same name' },
			{ name: 'None', value: 'none' },
		],
		default: 'matching',
	},
];

const OPTIONS: INodeProperties[] = [
	conflictPolicyProperty({ name: 'conflict', sides: INTO_BITRIX }),
	{
		displayName: 'Currency of the Account',
		name: 'currency',
		type: 'string',
		default: 'RUB',
		description: 'ISO code for amounts of MoySklad that do not say their currency because they are in that of the account',
	},
	failAfterAllOption,
	{
		displayName: 'Flow Name',
		name: 'flow',
		type: 'string',
		default: '',
		placeholder: 'e.g. deals',
		description: 'Name under which the links of this flow are kept, so that two flows over the same objects do not mix their memories',
	},
	{
		displayName: 'Link',
		name: 'link',
		type: 'json',
		default: '={{ $json.link }}',
		description: 'What the result of the last run called link. With it a change on one side alone is told from one on both.',
	},
	{
		displayName: 'Open to All',
		name: 'opened',
		type: 'boolean',
		default: true,
		description: 'Whether everybody can see new records',
	},
	{
		displayName: 'Origin',
		name: 'originator',
		type: 'string',
		default: 'MOYSKLAD',
		description: 'The ORIGINATOR_ID by which records from MoySklad are found again. Never change it once there are some.',
	},
	subWorkflowOption('Gets an item for each record with its key and the fields that would be compared, and gives them back, changed as you like. A field that is taken out is left alone.'),
];

/** For records whose kind can get user fields. */
export const serviceFieldsOption: INodeProperties = {
	displayName: 'Service Fields',
	name: 'serviceFields',
	type: 'boolean',
	default: false,
	description: 'Whether two user fields, which are made when they are missing, say when a record was last written and where it is in MoySklad',
};

/** The collection *Options*: those that all writing operations have, and `more`, in the order in which n8n wants them. */
export const crmOptions = (more: readonly INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [...OPTIONS, ...more].sort((one, other) => one.displayName.localeCompare(other.displayName)),
});
