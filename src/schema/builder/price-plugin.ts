import SchemaBuilder, {
  BasePlugin,
  type FieldNullability,
  type InputFieldMap,
  type InputShapeFromFields,
  type PothosOutputFieldConfig,
  type Resolver,
  type SchemaTypes,
  type ShapeFromTypeParam,
  type TypeParam,
} from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import { type FieldPrice, withPrice } from '../../price/field-price.ts';

/** Adds the field option `price`, and keeps it in the extensions of the field, where `priceOf` finds it. */
class PricePlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const { price } = field.pothosOptions as { readonly price?: FieldPrice };
    return price ? { ...field, extensions: { ...field.extensions, ...withPrice(price) } } : field;
  }
}

const pluginName = 'price';

declare global {
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      price: PricePlugin<Types>;
    }

    interface InferredFieldOptions<
      Types extends SchemaTypes,
      ResolveShape = unknown,
      Type extends TypeParam<Types> = TypeParam<Types>,
      Nullable extends FieldNullability<Type> = FieldNullability<Type>,
      Args extends InputFieldMap = InputFieldMap,
      ResolveReturnShape = unknown,
    > {
      /**
       * Only a resolver that returns a promise can wait for upstream. It needs a `price`; `free` if what it waits for is never
       * charged. A resolver without promises is free by default.
       */
      Priced:
        | {
            resolve: (
              parent: ResolveShape,
              args: InputShapeFromFields<Args>,
              context: Types['Context'],
              info: GraphQLResolveInfo,
            ) => ShapeFromTypeParam<Types, Type, Nullable>;
            price?: FieldPrice;
          }
        | {
            resolve: Resolver<
              ResolveShape,
              InputShapeFromFields<Args>,
              Types['Context'],
              ShapeFromTypeParam<Types, Type, Nullable>,
              ResolveReturnShape
            >;
            price: FieldPrice;
          };
    }
  }
}

SchemaBuilder.registerPlugin(pluginName, PricePlugin);

export default pluginName;
