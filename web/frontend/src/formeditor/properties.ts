// The properties of form-js without those that the inbox has no use for (docs/reference/forms.md).
interface Group {
  id: string;
  entries?: { id: string }[];
}

const NO_GROUPS = new Set(['layout', 'serialization', 'constraints', 'securityAttributes', 'valuesSource', 'dynamicOptions', 'optionsExpression']);
const NO_ENTRIES = new Set([
  'id', 'versionTag', 'disabled', 'readonly', 'searchable', 'increment', 'use24h', 'showOutline', 'isRepeating', 'disableCollapse', 'nonCollapsedItems', 'patternErrorMessage', 'verticalAlignment',
]);

export class Properties {
  static $inject = ['propertiesPanel'];

  constructor(panel: { registerProvider(provider: Properties, priority: number): void }) {
    panel.registerProvider(this, 100); // after those of form-js
  }

  getGroups(): (groups: Group[]) => Group[] {
    return (groups) =>
      groups
        .filter((group) => !NO_GROUPS.has(group.id))
        .map((group) => ({ ...group, ...(group.entries ? { entries: group.entries.filter((one) => !NO_ENTRIES.has(one.id)) } : {}) }))
        .filter((group) => !group.entries || group.entries.length);
  }
}

export default { __init__: ['alurProperties'], alurProperties: ['type', Properties] };
