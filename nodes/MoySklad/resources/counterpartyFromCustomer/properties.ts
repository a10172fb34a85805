import type { INodeProperties } from 'n8n-workflow';
import { CARD_VALUES } from '../../../../core';
import { conflictPolicyProperty, policyProperty, type Sides } from '../../../shared/fieldPolicies';
import { locator } from '../../../shared/locator';
import { mappedValue, namedOptions } from '../../../shared/mappingRow';
import { matchRulesProperty, nameSimilarityOption } from '../../../shared/matchRules';
import { optionsProperty } from '../../../shared/properties';
import { rowsProperty } from '../../../shared/rowsProperty';
import { subWorkflowOption } from '../../../shared/subWorkflow';
import { suppressWebhooksOption } from '../../../shared/suppressWebhooks';
import { failAfterAllOption, previewProperty } from '../../../shared/writeOutputs';
import { customerProperties } from '../../counterparties/properties';

/** The parameters of *Create or Update From Customer*. Their lists are `moySkladLists` and those of `./choices`. */

const KIND_OPTIONS = [
	{ name: 'Entrepreneur', value: 'entrepreneur' },
	{ name: 'Individual', value: 'individual' },
	{ name: 'Legal Entity', value: 'legal' },
];

const whoItIs: INodeProperties[] = [
	matchRulesProperty({
		displayName: 'Match By',
		rules: ['email', 'externalId', 'innKpp', 'name', 'phone'],
		usual: ['externalId', 'innKpp', 'email', 'phone'],
		description:
			'How the customer is looked for, in this order. The first rule by which somebody fits for certain decides; a shared phone or e-mail of people with other names, another INN or another kind is not certain. Names only ever propose. Customers whom this node wrote before are known anyway.',
	}),
	{
		displayName: 'When It Is Not Certain',
		name: 'doubtful',
		type: 'options',
		options: [
			{ name: 'Create', value: 'create', description: 'Make another counterparty' },
			{ name: 'Leave Out', value: 'skip' },
			{ name: 'Needs Review', value: 'review', description: 'The item goes to the output Needs Review, with candidates, scores and reasons' },
		],
		default: 'review',
		description: 'What to do when several counterparties fit, or when something contradicts the one that fits',
	},
	{
		displayName: 'When None Fits',
		name: 'noCounterparty',
		type: 'options',
		options: [
			{ name: 'Create', value: 'create' },
			{ name: 'Leave Out', value: 'skip' },
		],
		default: 'create',
		description: 'What to do with a customer that MoySklad does not know',
	},
];

const SIDES: Sides = { source: 'the customer', target: 'MoySklad' };

const whatIsWritten: INodeProperties[] = [
	{
		displayName: 'Changes to the Mapping',
		name: 'mapping',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Change',
		description:
			'The preset fills what is empty in a counterparty that is there, and adds contact persons, bank accounts and groups that are missing; nothing is overwritten or taken away. Each row changes one field; lists follow by adding what is missing.',
		options: [
			{
				displayName: 'Change',
				name: 'change',
				values: [
					locator({
						displayName: 'Field in MoySklad',
						name: 'target',
						searchListMethod: 'counterpartyTargets',
						typed: { displayName: 'By Name', placeholder: 'e.g. phone, description, attribute:1f6c…' },
					}),
					...mappedValue({
						name: 'From Customer',
						field: Object.assign({ displayName: 'Customer Field', name: 'field', options: namedOptions(CARD_VALUES), default: 'name' }, { type: 'options' as const }),
						placeholder: 'e.g. {{ $json.properties.find(({ code }) => code === "CITY")?.values[0] }}',
					}),
					policyProperty(SIDES),
				],
			},
		],
	},
	conflictPolicyProperty({ name: 'conflictPolicy', sides: SIDES, reviewOutput: 'Needs Review' }),
	{
		displayName: 'Fields of New Counterparties',
		name: 'newFields',
		type: 'collection',
		default: {},
		placeholder: 'Add Field',
		description: 'What else a new counterparty is given',
		options: [
			{ displayName: 'Groups', name: 'tags', type: 'string', default: '', placeholder: 'e.g. store, retail', description: 'Separated by commas' },
			locator({ displayName: 'Owner (Department)', name: 'group', searchListMethod: 'groups' }),
			locator({ displayName: 'Owner (Employee)', name: 'owner', searchListMethod: 'employees' }),
			locator({ displayName: 'Price Type', name: 'priceType', searchListMethod: 'priceTypes' }),
			locator({ displayName: 'State', name: 'state', searchListMethod: 'counterpartyStates' }),
		],
	},
];

const options: INodeProperties = optionsProperty([
	suppressWebhooksOption,
	failAfterAllOption,
	{
		displayName: 'Decision',
		name: 'decision',
		type: 'json',
		default: '={{ $json.decision }}',
		description: 'What a person decided about the customer: its key, and under take the ID of a counterparty, create or skip. It is obeyed whatever the rules find.',
	},
	locator({
		displayName: 'External ID Field',
		name: 'externalIdField',
		searchListMethod: 'counterpartyKeys',
		description: 'Where MoySklad keeps the ID that the customer has on the other side; the external code if nothing is chosen',
		typed: { displayName: 'By Name', placeholder: 'e.g. externalCode, code, attribute:1f6c…' },
	}),
	{
		displayName: 'Flow',
		name: 'flow',
		type: 'string',
		default: 'counterparties',
		description: 'Name of this flow of customers, so that the links of several flows are not mixed up',
	},
	{
		displayName: 'Link',
		name: 'link',
		type: 'json',
		default: '={{ $json.link }}',
		description: 'What the result of the last run called link. With it the customer is known at once, and a change on one side alone is never a conflict.',
	},
	nameSimilarityOption,
	rowsProperty({
		displayName: 'Payer Types',
		name: 'payerTypes',
		row: 'Payer Type',
		description: 'What a payer type of the store becomes in MoySklad, where it is not what its kind, its INN and the word before its name say',
		values: [
			{ displayName: 'Payer Type', name: 'payerType', type: 'string', default: '', placeholder: 'e.g. 2', description: 'ID, code or name of the payer type' },
			{ displayName: 'Kind', name: 'kind', type: 'options', options: KIND_OPTIONS, default: 'entrepreneur' },
		],
	}),
	subWorkflowOption('Gets an item for each customer with its key and the customer, and gives them back, changed as you like. Who the customer is stays as it was.'),
]);

export const counterpartyFromCustomerProperties: INodeProperties[] = [...customerProperties, ...whoItIs, ...whatIsWritten, previewProperty, options];
