import type { INodeProperties } from 'n8n-workflow';
import { actionsField, changedFieldsField, entityField, stockReportField } from './eventFields';
import { gatherForField, publicBaseUrlField, tellRefusedField } from '../../shared/webhooks/triggerFields';
import { LONGEST_GATHERING, MOST_IMMEDIATE } from './triggerSettings';

const executionField: INodeProperties = {
	displayName: 'Execution',
	name: 'execution',
	type: 'options',
	options: [
		{
			name: 'First Immediate, Rest Queued',
			value: 'firstImmediate',
			description: 'The first event of those that come together leaves by Immediate, the others by Queued',
		},
		{
			name: 'Immediate',
			value: 'immediate',
			description: 'Events leave by the output Immediate: the worker is to be started at once',
		},
		{
			name: 'Queued',
			value: 'queued',
			description: 'Events leave by the output Queued: they wait for the next run of the worker',
		},
	],
	default: 'queued',
	description: 'By which output the events leave. Store both outputs before working on either, and nothing is lost.',
};

/** Parameters of MoySklad Trigger. */
export const triggerProperties: INodeProperties[] = [
	{
		displayName:
			'One trigger can receive everything that MoySklad sends to this n8n. Nodes that write to MoySklad must not start it again: set their option <b>Do Not Trigger Webhooks Below</b> to the Production URL above, up to and with the long ID that follows /webhook/.',
		name: 'echoNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Object',
		default: {
			row: [
				{ entity: 'customerorder', actions: ['CREATE', 'UPDATE', 'DELETE'], changedFields: true, execution: 'queued' },
			],
		},
		description: 'The objects whose changes are received',
		options: [
			{
				displayName: 'Object',
				name: 'row',
				values: [
					entityField,
					actionsField,
					{ ...changedFieldsField, displayOptions: { show: { actions: ['UPDATE'] } } },
					executionField,
				],
			},
		],
	},
	{
		displayName: 'Stock',
		name: 'stock',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Stock Report',
		default: {},
		description:
			'Notifications that stock has changed, sent every one to five minutes. They name the report with the changes, not the goods.',
		options: [{ displayName: 'Stock Report', name: 'row', values: [stockReportField, executionField] }],
	},
	{
		displayName: 'Register Webhooks',
		name: 'registerWebhooks',
		type: 'options',
		options: [
			{
				name: 'On Publish',
				value: 'onPublish',
				description:
					'Publishing makes the webhooks in MoySklad or switches them on, unpublishing switches them off. Needs an administrator.',
			},
			{ name: 'Never', value: 'never', description: 'MoySklad Webhook Manager or an administrator makes them' },
		],
		default: 'onPublish',
		description: 'Whether the trigger looks after its webhooks in MoySklad itself',
	},
	publicBaseUrlField('MoySklad'),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			gatherForField(LONGEST_GATHERING),
			{
				displayName: 'Ignore Changes By',
				name: 'ignoreChangesBy',
				type: 'string',
				typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Login' },
				default: [],
				placeholder: 'e.g. integration@company',
				description:
					'Logins of MoySklad whose changes make no events. Only for a user that nobody but the integration works with.',
			},
			{
				displayName: 'Mass Edits by Immediate',
				name: 'massEditsImmediate',
				type: 'boolean',
				default: true,
				description:
					'Whether events of a notification with several events, which a mass edit in MoySklad makes, may leave by Immediate. If not, they leave by Queued.',
			},
			{
				displayName: 'Most Events by Immediate',
				name: 'mostImmediate',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: MOST_IMMEDIATE,
				description: 'How many events leave by Immediate at once. The rest of them leaves by Queued, none is lost.',
			},
			tellRefusedField,
		],
	},
];
