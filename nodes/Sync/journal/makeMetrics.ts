import { journalMetrics, METRICS_TYPE } from '../../../core';
import { limitUse } from '../../../transport';
import type { BulkOperation } from '../../shared/operation';
import { periodProperties, queuesProperty, readPeriod, readQueues, readTally } from './reading';

export const makeMetrics: BulkOperation = {
	value: 'makeMetrics',
	name: 'Make Metrics',
	action: 'Make metrics',
	description: 'One item with the numbers of a period for Prometheus, made of rows of the journal, and how far this process uses the limits now',
	properties: [...periodProperties, queuesProperty],
	async all() {
		const period = readPeriod(this);
		const text = journalMetrics(readTally(this, period), period, readQueues(this), limitUse());
		return [[{ json: { text, contentType: METRICS_TYPE }, pairedItem: { item: 0 } }]];
	},
};
