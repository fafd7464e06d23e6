"""A process that is given less memory than typesetting needs."""

from pages.samraad.documents.pdf import worker

if __name__ == "__main__":
    worker.MORE_MEMORY = 1_000_000
    worker.main()
