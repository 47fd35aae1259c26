// Packages without declarations.
declare module 'bpmn-js-token-simulation';
declare module 'diagram-js-minimap';
