import type { Columns } from '../../forms/sheet'

/** A list of households. */
export const HOUSEHOLDS: Columns = {
  names: ['community', 'grid', 'building', 'unit', 'door', 'site', 'expected'],
  needed: ['community', 'grid', 'door'],
  titles: {
    社区代码: 'community',
    社区: 'community',
    网格: 'grid',
    楼栋: 'building',
    单元: 'unit',
    门牌: 'door',
    房号: 'door',
    类型: 'site',
    应有人数: 'expected',
  },
}
