import type { INodeProperties } from 'n8n-workflow';
import { entityFields } from '../../../core';
import { MoySkladEntity } from '../../../nodes/MoySklad/MoySkladEntity.node';
import { kindOf, resources } from '../../../nodes/MoySklad/resources';

const { description, methods } = new MoySkladEntity();
const { properties } = description;

const shownFor = (resource: string, operation: string): INodeProperties[] =>
	properties.filter(({ displayOptions, name }) => {
		const show = displayOptions?.show ?? {};
		return name !== 'resource' && name !== 'operation' && (show.resource ?? []).includes(resource) && (show.operation ?? []).includes(operation);
	});

const everyOperation = resources.flatMap(({ value, operations }) => operations.map((operation) => ({ resource: value, operation })));

describe('The description of MoySklad Entity', () => {
	it.each(everyOperation.map(({ resource, operation }) => [resource, operation.value, operation.properties.map(({ name }) => name)]))(
		'%s, %s: shows its own parameters in their order, although equal ones of several resources are one',
		(resource, operation, names) => {
			expect(shownFor(resource, operation).map(({ name }) => name)).toEqual(names);
		},
	);

	it('has every parameter with a name and a default', () => {
		for (const property of properties) expect(property).toMatchObject({ displayName: expect.stringMatching(/./) as unknown, name: expect.stringMatching(/^\w+$/) as unknown, default: expect.anything() as unknown });
	});

	it('stays small enough to be loaded by the editor', () => {
		expect(JSON.stringify(description).length).toBeLessThan(250_000);
	});

	it('names only lists that it has', () => {
		const named = new Set([...JSON.stringify(properties).matchAll(/"(searchListMethod|loadOptionsMethod|resourceMapperMethod)":"(\w+)"/g)].map(([, , method]) => method));
		const known = [methods.listSearch, methods.loadOptions, methods.resourceMapping].flatMap((list) => Object.keys(list));
		expect([...named].filter((method) => !known.includes(method ?? ''))).toEqual([]);
	});

	it('has operations in alphabetical order, each with words for the panel', () => {
		for (const { operations } of resources) {
			const names = operations.map(({ name }) => name);
			expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other)));
			for (const { action, description: text } of operations) expect([action, text]).not.toContain('');
		}
	});
});

describe('The fields of a kind of object', () => {
	it.each(resources.map(({ value }) => kindOf(value)).filter((kind) => kind !== undefined).map(({ entity }) => [entity]))('%s: each once, with what identifies an object', (entity) => {
		const names = entityFields(entity).map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		expect(names).toEqual(expect.arrayContaining(['id', 'externalCode', 'updated']));
	});
});
