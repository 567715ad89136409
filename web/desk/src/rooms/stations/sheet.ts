import type { Columns } from '../../forms/sheet'

const MODES: Record<string, string> = { 留验站: 'central', 集中: 'central', 医院: 'hospital', 住院: 'hospital' }

/** A list of stations. */
export const STATIONS: Columns = {
  names: ['name', 'number', 'mode', 'town', 'capacity', 'lead', 'clinician', 'disinfection', 'logistics'],
  needed: ['name', 'town', 'capacity', 'lead', 'clinician', 'disinfection', 'logistics'],
  titles: {
    名称: 'name',
    编号: 'number',
    类别: 'mode',
    乡镇: 'town',
    所在地: 'town',
    床位: 'capacity',
    负责人: 'lead',
    医务: 'clinician',
    消毒: 'disinfection',
    后勤: 'logistics',
  },
  meant: (name, cell) => {
    if (name === 'capacity' && /^\d+$/.test(cell)) return Number(cell)
    return name === 'mode' ? (MODES[cell] ?? cell) : cell
  },
}
