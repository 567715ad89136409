import { describe, expect, test } from 'vitest'
import type { Session } from '../desk/src/api/types'
import { groupsFor } from '../desk/src/doors'
import { meant } from '../desk/src/rooms/palette/match'
import { home } from '../desk/src/session'

const pages = [
  { name: 'isolation', spellings: ['隔离观察', 'Isolation', 'ge li guan cha'] },
  { name: 'cases', spellings: ['病例', 'Cases', 'bing li'] },
  { name: 'transmission', spellings: ['传播关系', 'Transmission', 'chuan bo guan xi'] },
]
const names = (text: string) => meant(text, pages).map((one) => one.name)

describe('what was typed means', () => {
  test.each([
    ['病例', ['cases']],
    ['BL', ['cases']],
    ['ge li', ['isolation']],
    ['gl', ['isolation']],
    ['观察', ['isolation']],
    ['gel', ['isolation']],
    ['glguan', ['isolation']],
    ['guan', ['isolation', 'transmission']],
    ['uan', []],
    ['ing', []],
    ['miss', []],
    ['mi', []],
    ['c', ['cases', 'transmission']],
    ['', ['isolation', 'cases', 'transmission']],
  ])('%s: %j', (text, found) => expect(names(text)).toEqual(found))
})

const somebody = (role: string) => ({ role, account: 'a', appointments: [] }) as unknown as Session
const allowed =
  (...given: string[]) =>
  (...actions: string[]) =>
    actions.some((one) => given.includes(one))

describe('the menu', () => {
  test('of few doors is a row, of many groups; a group of one is a door', () => {
    const few = groupsFor(somebody('x'), allowed('cases.read', 'cases.sample', 'plans.read'))
    expect(few.map((group) => [group.title, group.doors.map((door) => door.to)])).toEqual([
      [undefined, ['cases', 'samples', 'command', 'plans', 'measures', 'notices']],
    ])
    const rights = 'cases.read contacts.read plans.read people.list lists.import forms.read tasks.read'.split(' ')
    const many = groupsFor(somebody('x'), allowed(...rights))
    expect(many.map((group) => [group.title, group.doors.map((door) => door.to)])).toEqual([
      [undefined, ['tasks']],
      ['menu.of.cases', ['cases', 'contacts', 'transmission']],
      ['menu.of.command', ['command', 'plans', 'measures', 'notices']],
      ['menu.of.records', ['people', 'lists', 'forms']],
    ])
  })
  test('leads to the first room of people that the role may enter', () => {
    expect(groupsFor(somebody('x'), allowed('people.find'))[0]?.doors[0]?.to).toBe('find')
  })
})

describe('one begins', () => {
  test.each([
    ['duty_officer', ['facts.append', 'situation.read'], 'situation'],
    ['grid_worker', ['facts.append', 'tasks.read'], 'today'],
    ['auditor', ['looks.read', 'bulletins.read'], 'looks'],
    ['administrator', ['accounts.manage'], 'accounts'],
    ['resident', ['own.read'], 'mine'],
    ['public', [], 'me'],
  ])('as %s with %j at %s', (role, rights, room) =>
    expect(home({ session: somebody(role), may: allowed(...rights) }).room).toBe(room),
  )
})
