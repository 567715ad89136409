import type { Columns } from '../../forms/sheet'

/** A list of posts. */
export const POSTS: Columns = {
  names: [
    'name',
    'number',
    'kind_of',
    'place_type',
    'department',
    'town',
    'lead',
    'telephone',
    'opens_min',
    'closes_min',
    'east_deg',
    'north_deg',
  ],
  needed: ['name', 'place_type', 'town', 'lead'],
  titles: {
    名称: 'name',
    编号: 'number',
    类别: 'kind_of',
    场所类型: 'place_type',
    类型: 'place_type',
    所属部门: 'department',
    部门: 'department',
    所在地: 'town',
    乡镇: 'town',
    牵头单位: 'lead',
    电话: 'telephone',
    开门: 'opens_min',
    关门: 'closes_min',
    经度: 'east_deg',
    纬度: 'north_deg',
  },
  meant: (name, cell) =>
    ['opens_min', 'closes_min', 'east_deg', 'north_deg'].includes(name) && /^-?\d+(\.\d+)?$/.test(cell)
      ? Number(cell)
      : cell,
}
