import { RelationalModel } from "@web/model/relational_model/relational_model";

/** A list that grows as people scroll, and shrinks as they decide, without being read again. */
class DeskList extends RelationalModel.DynamicRecordList {
    get hasMore() {
        return this.offset + this.records.length < this.count;
    }

    /** Read the next records of the same search. */
    async loadMore(limit) {
        await this.model.mutex.exec(async () => {
            const offset = this.offset + this.records.length;
            const config = { ...this.config, offset, limit };
            const { records } = await this.model._loadUngroupedList(config);
            const known = new Set(this.records.map(({ resId }) => resId));
            for (const data of records) {
                if (!known.has(data.id)) {
                    this.records.push(this._createRecordDatapoint(data));
                }
            }
            this.model._updateConfig(
                this.config,
                { limit: Math.max(this.limit, this.records.length) },
                { reload: false }
            );
        });
    }

    /** Take records out that do not belong into the search any more. */
    forget(resIds) {
        const gone = this.records.filter(({ resId }) => resIds.includes(resId));
        this._removeRecords(gone.map(({ id }) => id));
    }
}

export class DeskModel extends RelationalModel {
    static DynamicRecordList = DeskList;
}
