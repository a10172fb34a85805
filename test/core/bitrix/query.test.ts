import * as fc from 'fast-check';
import { commandQuery, mentionsResult, ownParameters, result } from '../../../core';

describe('the query of a command', () => {
	it('writes nesting in brackets and encodes values, so that a value cannot become a parameter', () => {
		expect(commandQuery({ fields: { name: 'Чай & кофе=100%', tags: ['a b', 'c'] }, filter: { '=xmlId': ['x#y'], '>id': 5 }, start: -1 })).toBe(
			'fields[name]=%D0%A7%D0%B0%D0%B9%20%26%20%D0%BA%D0%BE%D1%84%D0%B5%3D100%25&fields[tags][0]=a%20b&fields[tags][1]=c&filter[%3DxmlId][0]=x%23y&filter[%3Eid]=5&start=-1',
		);
	});

	it('leaves references to earlier results as they are', () => {
		expect(commandQuery({ fields: { productId: result('p1', 'element', 'id') } })).toBe('fields[productId]=$result[p1][element][id]');
	});

	it('says yes and no, empties null and leaves undefined out', () => {
		expect(commandQuery({ active: true, hidden: false, text: null, nothing: undefined })).toBe('active=Y&hidden=N&text=');
	});

	it('can be read back by whoever decodes it', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.stringMatching(/^[a-zA-Z]{1,8}$/), fc.string()), (values) => {
				expect(Object.fromEntries(new URLSearchParams(commandQuery(values)))).toEqual(values);
			}),
		);
	});

	it('takes half a letter for an unknown one, as no address can hold it', () => expect(commandQuery({ name: 'a\uD800b' })).toBe('name=a%EF%BF%BDb'));
});

describe('a text that reads like a reference', () => {
	it.each([[{ fields: { name: 'see $result[a][id]' } }, true], [{ filter: { '=xmlId': ['x', '$result[a]'] } }, true], [{ $result: 1 }, true], [{ fields: { productId: result('a', 'id') }, name: '$ 5' }, false]])(
		'is told from a reference: %j', (parameters, expected) => expect(mentionsResult(parameters)).toBe(expected),
	);

	it('stays as it is in a call of its own, while references are followed', () => {
		const results: Record<string, unknown> = { e: { element: { id: 7 } } };
		const parameters = { fields: { productId: result('e', 'element', 'id'), other: result('e', 'nothing', 'id'), name: '$result[e][element][id]', active: true, no: null, tags: ['a', false] }, left: undefined };
		expect(ownParameters(parameters, (key) => results[key])).toEqual({ fields: { productId: 7, other: '', name: '$result[e][element][id]', active: 'Y', no: '', tags: ['a', 'N'] }, left: undefined });
	});
});
