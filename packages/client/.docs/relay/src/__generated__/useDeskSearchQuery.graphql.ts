/**
 * @generated SignedSource<<30b09a4bbb91c51fa047de128b6c195c>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ConcreteRequest } from 'relay-runtime';
export type useDeskSearchQuery$variables = {
  bpSiteId: string;
  name: string;
};
export type useDeskSearchQuery$data = {
  readonly viewer: {
    readonly practice: {
      readonly patientsConnection: {
        readonly nodes: ReadonlyArray<{
          readonly birthDate: string | null | undefined;
          readonly fullName: string;
          readonly id: string;
        }>;
      } | null | undefined;
    } | null | undefined;
  };
};
export type useDeskSearchQuery = {
  response: useDeskSearchQuery$data;
  variables: useDeskSearchQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "bpSiteId"
  },
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "name"
  }
],
v1 = [
  {
    "kind": "Variable",
    "name": "bpSiteId",
    "variableName": "bpSiteId"
  }
],
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v3 = {
  "alias": null,
  "args": [
    {
      "kind": "Literal",
      "name": "first",
      "value": 20
    },
    {
      "fields": [
        {
          "kind": "Variable",
          "name": "name",
          "variableName": "name"
        }
      ],
      "kind": "ObjectValue",
      "name": "search"
    }
  ],
  "concreteType": "PatientConnection",
  "kind": "LinkedField",
  "name": "patientsConnection",
  "plural": false,
  "selections": [
    {
      "alias": null,
      "args": null,
      "concreteType": "Patient",
      "kind": "LinkedField",
      "name": "nodes",
      "plural": true,
      "selections": [
        (v2/*:: as any*/),
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "fullName",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "birthDate",
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "storageKey": null
};
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "useDeskSearchQuery",
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "Viewer",
        "kind": "LinkedField",
        "name": "viewer",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": (v1/*:: as any*/),
            "concreteType": "Practice",
            "kind": "LinkedField",
            "name": "practice",
            "plural": false,
            "selections": [
              (v3/*:: as any*/)
            ],
            "storageKey": null
          }
        ],
        "storageKey": null
      }
    ],
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "useDeskSearchQuery",
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "Viewer",
        "kind": "LinkedField",
        "name": "viewer",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": (v1/*:: as any*/),
            "concreteType": "Practice",
            "kind": "LinkedField",
            "name": "practice",
            "plural": false,
            "selections": [
              (v3/*:: as any*/),
              (v2/*:: as any*/)
            ],
            "storageKey": null
          },
          (v2/*:: as any*/)
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "cacheID": "8ec175116956e1eba2675f1cdb375d61",
    "id": null,
    "metadata": {},
    "name": "useDeskSearchQuery",
    "operationKind": "query",
    "text": "query useDeskSearchQuery(\n  $bpSiteId: ID!\n  $name: String!\n) {\n  viewer {\n    practice(bpSiteId: $bpSiteId) {\n      patientsConnection(search: {name: $name}, first: 20) {\n        nodes {\n          id\n          fullName\n          birthDate\n        }\n      }\n      id\n    }\n    id\n  }\n}\n"
  }
};
})();

(node as any).hash = "dba65f54d9669417c9e33c946d7ed124";

export default node;
